"""Facts of approaches as columns of small numbers: a million of them are counted in a few thousandths of a second.

An approach is a row of indices: into the referrals, homes and providers, and into the code sets. The columns are kept in
blocks in the table `summary`, as far as the journal went then; what arrived since is read anew, record by record. They
are thrown away and made again where the code sets differ, the journal is another, or something was erased.
"""
