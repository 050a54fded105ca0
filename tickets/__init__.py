"""What went wrong at a customer's site, by when it was promised to be answered and solved, and why it happened."""
