"""The command line: stdout is data, stderr is words, exit codes are an API.

    main.py       one run: what was asked, its command, its errors as sentences and exit codes
    registry.py   every command once: where it lives, what it is for
    asking.py     the options that work everywhere, and the parser of one command
    here.py       where a command runs: the store, opened when first needed, and the output
    output.py     tables, JSON, CSV, progress bars
    records.py    which referral, home or placement is meant

The other modules carry the product's nouns. Each maps the words of its commands to `Command`s; heavy packages are
imported inside the functions that run, never at the top.
"""
