"""Pages of the room: the anonymous ones, the authority's, the organisation's."""
