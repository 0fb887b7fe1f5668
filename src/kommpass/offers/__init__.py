"""The directory of offers (Angebotsverzeichnis): providers, offers, places, times, and how true all of it still is."""
