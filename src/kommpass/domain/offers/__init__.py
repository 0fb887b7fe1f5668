"""What an offer for families is made of, and which sentences about one cannot be true."""
