"""The demonstration: an invented municipality, «Заречный муниципальный округ», made from a seed.

Everything here is invented: settlements, organisations, persons, codes. Nothing of it comes from real data.
Each module makes one part of the picture and takes the `World` that the earlier ones have begun.
"""
