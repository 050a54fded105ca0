"""Whom we serve: customers, their sites and contacts, and the products we sell."""
