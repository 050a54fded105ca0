"""Issues to resolve: solved on the spot, timed truthfully, and watched until they stay away."""
