"""Composite indices: several indicators of an area as one figure, by a recipe that says every choice that was made.

The method is that of the OECD/JRC Handbook on Constructing Composite Indicators (2008); classes and the crossing of
status with dynamics are those of Berlin's Monitoring Soziale Stadtentwicklung. An index is computed from values that
may be shown: whoever puts hidden ones in publishes them in another form.
"""
