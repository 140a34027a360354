import { isHeadless, servicesOf } from '../../cluster/services/services';
import type { CallModel, MeshModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { partyText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { perModel } from '../per-model';
import { rule } from '../rule';
import { stageText } from './told/last-stage';
import { readerNeededBy } from './told/reader-needed';
import { whenText, type Window, windowOf } from './told/window';

/** By which names of its callee a call is lost, and by no other. */
interface Loss {
  readonly when: string;
  readonly names: readonly string[];
  readonly because: string;
  readonly got: string;
  readonly fix: string;
}

export const lostByName = rule({
  code: 'MESH144',
  level: 'warning',
  title: 'name by which a migration cannot keep a call',

  check(model, report) {
    for (const call of model.calls) {
      const { action, caller, callee, plaintext, toPods } = call;
      if (action !== 'ALLOW' || plaintext || toPods || callee.wave === undefined) continue;
      const loss = readerNeededBy(call, model) ? pastReader(call, model) : inPlaintext(call, model);
      if (!loss || loss.names.length === 0) continue;
      const { when, names, because, got, fix } = loss;
      const message = `${partyText(caller)} may be refused by ${partyText(callee)} ${when} where it asks for ${names.join(' or ')}: ${because}`;
      report({ on: call, message, got, fix });
    }
  },
});

/** Services over the pods of the callee before which no waypoint stands. */
function pastReader(call: CallModel, model: MeshModel): Loss | undefined {
  const { caller, callee } = call;
  const { guardedNames, serviceNames = [] } = callee;
  // Of a caller that keeps its sidecar the call is lost by every name, which MESH134 tells.
  if (!guardedNames || windowOf(call, model)?.who === 'stays') return undefined;
  const { got, byGrant } = readerNeededBy(call, model)!;
  const names = serviceNames.filter((name) => !guardedNames.includes(name));
  const other = byGrant ? `; or allow the whole port to ${caller.name}` : ` and remove ${names.join(' and ')}; or leave that out`;
  return {
    when: `from ${stageText({ wave: callee.wave! })} on`,
    names,
    because: 'no waypoint stands before it, and ztunnel reads no HTTP',
    got,
    fix: `have it ask for ${guardedNames[0]}${other}`,
  };
}

/** Services without an address, beside one that has one. */
function inPlaintext(call: CallModel, model: MeshModel): Loss | undefined {
  const { caller, callee } = call;
  const window = windowOf(call, model);
  // Members of one service ask for no other name, which MESH134 tells.
  if (!window || callee.headless !== 'some' || caller.key === callee.key) return undefined;
  const { namespaceName, serviceNames = [] } = callee;
  const isWithout = (name: string): boolean => headlessIn(model).has(`${namespaceName}/${name}`);
  const addressed = serviceNames.find((name) => !isWithout(name));
  return {
    when: whenText(window),
    names: serviceNames.filter(isWithout),
    because: 'a sidecar sends plaintext to pods in ambient mode whose Service has no address',
    got: 'a Service without an address beside another',
    fix: `have it ask for ${addressed} ${OR[window.who](caller)}`,
  };
}

const OR: Readonly<Record<Window['who'], (caller: Party) => string>> = {
  moves: () => 'until both have moved',
  anybody: () => 'until all have moved',
  stays: ({ namespaceName }) => `or move ${namespaceName} as well`,
  unsaid: ({ name }) => `or say in dataPlane, where ${name} is named, that it is in ambient mode`,
};

const headlessIn = perModel(
  (model): ReadonlySet<string> =>
    new Set(
      servicesOf(clusterOf(model))
        .filter(isHeadless)
        .map(({ key }) => key),
    ),
);
