"""Who works here: organizations, logins, members, teams, territories, and which streams a member reads."""
