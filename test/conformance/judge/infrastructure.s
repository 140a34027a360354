// With a file of assembly beside it, a function may be declared whose body is elsewhere.
