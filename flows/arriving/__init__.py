"""Coming in: newcomers, requests and the programme's officers, invitations, a second chat."""
