"""What happens at the customer's site: visits, what was promised there, and what colleagues say about it."""
