/** A page has no construct tree: nothing in it is a construct. */
export const Construct = { isConstruct: (): boolean => false };
