"""The family portal (Familienportal): every offer, found in seconds on a phone, without log-in."""
