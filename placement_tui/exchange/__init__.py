"""What comes in: files read into frozen records, each refusal with its file, line and cause. No store here."""
