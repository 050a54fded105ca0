"""What somebody should hear of: a list in the app with what is unread, and mails, at a time that suits them."""
