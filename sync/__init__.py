"""How a phone's offline work reaches the server exactly once, and everybody else's work reaches the phone.

Knows replicas, entries, units, the log and streams; knows no customer, visit or ticket. Higher rooms
register what a phone may say (kinds), what it may hold (shapes) and what a member reads (readers).
"""
