"""Made-up technicians of the demonstration: their words, and drawings in place of photographs."""
