"""From tallies and reported numbers to what is published: counted, grouped by period, withheld where it must be."""
