"""Pages of the certificate: inside the town, and public verification outside of all towns."""
