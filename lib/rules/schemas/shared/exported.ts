import { fieldsOf, textOf, textsOf } from '../../../cluster/objects/fields';
import { isDnsLabel } from '../values/names';
import type { Demand } from '../demands/demand';
import type { Place } from '../demands/places';

const [HERE, ALL, NOBODY] = ['.', '*', '~'];

/** What is asked of the namespaces that an object is shown to; a ServiceEntry may be shown to nobody. */
export function exportDemands(mayBeHidden: boolean): Demand[] {
  return [
    {
      at: 'spec.exportTo',
      refuses: (exportTo) => textsOf(exportTo).some((name) => !isNamespace(name) && !(mayBeHidden && name === NOBODY)),
      what: mayBeHidden ? 'names what is no namespace' : 'names what is no namespace: ~ is for a ServiceEntry alone',
      fix: 'write ".", "*", or the name of a namespace',
    },
    {
      at: 'spec.exportTo',
      refuses: (exportTo, { around }) => hasTwins(textsOf(exportTo).map((name) => (name === HERE ? namespaceIn(around) : name))),
      what: 'has a namespace twice',
      fix: 'write each once; "." is the namespace of the object',
    },
    {
      at: 'spec.exportTo',
      refuses: (exportTo) => textsOf(exportTo).length > 1 && textsOf(exportTo).some((name) => name === ALL || name === NOBODY),
      what: 'is for all or for nobody, and for others besides',
      fix: 'write "*" or "~" alone, or the namespaces',
    },
  ];
}

/** A DestinationRule for some pods is for callers in its own namespace. */
export const EXPORT_OF_SELECTED: Demand = {
  at: 'spec.exportTo',
  refuses: (exportTo, { around }) =>
    'workloadSelector' in around[0] && textsOf(exportTo).some((name) => ![HERE, namespaceIn(around)].includes(name)),
  what: 'reaches beyond the namespace, which a DestinationRule with a workloadSelector cannot',
  fix: 'write exportTo: ["."], or leave it out',
};

function isNamespace(name: string): boolean {
  return name === HERE || name === ALL || isDnsLabel(name);
}

function namespaceIn(around: Place['around']): string {
  return textOf(fieldsOf(around.at(-1)?.metadata).namespace) ?? 'default';
}

function hasTwins(names: readonly string[]): boolean {
  return new Set(names).size < names.length;
}
