"""Tools that measure: fitting of weights, and what a change of the rules gains and loses."""
