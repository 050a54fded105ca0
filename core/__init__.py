"""What every room may use: errors, clock, ids, tenancy, base models, API plumbing. No nouns of the field."""
