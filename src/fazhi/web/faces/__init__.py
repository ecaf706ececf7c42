"""The design system: page shells, pieces, colours, dates as typed and the switches a reader may set."""
