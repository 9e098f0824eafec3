"""Decides about promises, working time and fulfilment.

Pure: standard library only, no clock, no environment, no language. Moments come in as
aware datetimes, days as dates, and every rule a reader could dispute names its source.
"""
