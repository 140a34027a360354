type Fields = Readonly<Record<string, unknown>>;

/** Where a DestinationRule says which pods are in a subset. */
export function subsetFields({ spec }: Fields): string[] {
  const { subsets = [] } = (spec ?? {}) as { readonly subsets?: readonly unknown[] };
  return subsets.map((_, index) => `spec.subsets[${index}].labels`);
}
