"""Whom we serve: customers, their sites, contacts and assets, and the products we sell."""
