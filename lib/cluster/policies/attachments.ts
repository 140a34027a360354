import { CORE } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import { addTo } from '../../support/grouping';
import { sortedBy } from '../../support/ordering';
import { type Fields, isSaid, type Labels, labelsOf, listOf, textOf, valueAt } from '../objects/fields';
import { namespaceOf, specOf, titleOf } from '../objects/manifest-object';
import { SelectorIndex } from '../objects/selector-index';

/** What policies have in common: the object, and whom it names. */
export interface Attached {
  readonly object: ManifestObject;
  /** `AuthorizationPolicy shop/cart`. */
  readonly title: string;
  readonly namespaceName: string;
  /** Labels of the pods that it is for; empty for all pods of its namespace. */
  readonly selector: Labels;
  /** Services, ServiceEntries, Gateways and classes that it is for instead; none where it goes by labels. */
  readonly targets: readonly Target[];
}

export interface Target {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** Said, though a target is always in the policy's own namespace. */
  readonly namespaceName?: string;
}

/** An EnvoyFilter, a Sidecar, a ServiceEntry and a DestinationRule call their selector otherwise, and two of them its labels too. */
export function readAttached(object: ManifestObject): Attached {
  const { selector, workloadSelector, targetRefs, targetRef } = specOf(object);
  const picks = isSaid(selector) ? selector : workloadSelector;
  return {
    object,
    title: titleOf(object),
    namespaceName: namespaceOf(object),
    selector: labelsOf(valueAt(picks, 'matchLabels') ?? valueAt(picks, 'labels')),
    targets: listOf(listOf(targetRefs).length > 0 ? targetRefs : [targetRef].filter(isSaid)).map(readTarget),
  };
}

/** Kubernetes' own group has two names here. */
function readTarget({ group, kind, name, namespace }: Fields): Target {
  const said = textOf(group) ?? CORE;
  return { group: said === 'core' ? CORE : said, kind: textOf(kind) ?? '', name: textOf(name) ?? '', namespaceName: textOf(namespace) };
}

/** Policies by whom they name. Targets name no namespace: they are in the policy's own. */
export class AttachmentIndex<T extends Attached> {
  private readonly bySelector: SelectorIndex<T>;
  private readonly byTarget = new Map<string, T[]>();

  constructor(policies: readonly T[]) {
    this.bySelector = new SelectorIndex(policies.filter(({ targets }) => targets.length === 0));
    for (const policy of policies) {
      for (const target of new Set(policy.targets.map((one) => targetKey(policy.namespaceName, one)))) addTo(this.byTarget, target, policy);
    }
  }

  /** Those of these namespaces that go by labels and pick such pods. */
  onPods(namespaceNames: readonly string[], labels: Labels): T[] {
    return inOrder([...new Set(namespaceNames)].flatMap((name) => this.bySelector.picking(name, labels)));
  }

  /** Those that name any of the targets, each once. */
  onTargets(targets: readonly { readonly namespaceName: string; readonly target: Target }[]): T[] {
    return inOrder(targets.flatMap(({ namespaceName, target }) => this.byTarget.get(targetKey(namespaceName, target)) ?? []));
  }
}

function targetKey(namespaceName: string, { group, kind, name }: Target): string {
  return `${group}/${kind} ${namespaceName}/${name}`;
}

function inOrder<T extends Attached>(policies: readonly T[]): T[] {
  return sortedBy(new Set(policies), ({ title }) => title);
}
