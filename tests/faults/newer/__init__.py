"""The program one version later: visit.log has a second form. Its settings are the product's and this."""
