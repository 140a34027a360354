import type { CallModel, MeshModel } from '../../model/mesh-model';
import { partyText } from '../call-words';
import { rule } from '../rule';
import { readerNeededBy } from './told/reader-needed';
import { whenText, type Window, windowOf } from './told/window';

/** Why a call may be refused while pods move. */
interface Loss {
  readonly because: string;
  readonly got: string;
  readonly fix: string;
}

export const lostOnTheWay = rule({
  code: 'MESH134',
  level: 'warning',
  title: 'call that a migration cannot keep',

  check(model, report) {
    for (const call of model.calls.filter(({ action, plaintext }) => action === 'ALLOW' && !plaintext)) {
      const window = windowOf(call, model);
      const loss = window && lossOf(call, model);
      if (!loss) continue;
      const { because, got, fix } = OF_CALLER[window.who](call, loss);
      const message = `${partyText(call.caller)} may be refused by ${partyText(call.callee)} ${whenText(window)}: ${because}`;
      report({ on: call, message, got, fix });
    }
  },
});

const OF_CALLER: Readonly<Record<Window['who'], (call: CallModel, loss: Loss) => Loss>> = {
  moves: (_call, loss) => loss,
  anybody: ({ callee }, { got }) => ({
    because: 'whoever still has a sidecar passes the waypoint by',
    got,
    fix: `name the callers of ${callee.name} with access.allow`,
  }),
  stays: ({ caller: { kind, namespaceName } }, { because, got, fix }) => ({
    because: `${kind === 'callers' ? 'their sidecars stay' : 'its sidecar stays'}: ${because}`,
    got,
    fix: `move ${namespaceName} as well, or ${fix}`,
  }),
  unsaid: ({ caller: { name } }, { got, fix }) => ({
    because: 'nobody says how these pods are in the mesh, and whoever has a sidecar passes the waypoint by',
    got,
    fix: `say it in dataPlane where ${name} is named; with sidecars, ${fix}`,
  }),
};

/** What is lost of a call while its caller has a sidecar and its callee is in ambient mode. */
function lossOf(call: CallModel, model: MeshModel): Loss | undefined {
  const { caller, callee } = call;
  const because = 'a pod that still has a sidecar passes the waypoint by, and ztunnel reads no HTTP';
  const fix = `allow the whole port to ${caller.name} until both have moved, or accept the refusals for that time`;
  const reader = readerNeededBy(call, model);
  if (reader) return { because, got: reader.got, fix: reader.byGrant ? fix : APART };
  // By another name the caller may be let in, as MESH144 tells; members of one service ask for no other.
  if (callee.headless !== 'all' && !(callee.headless && caller.key === callee.key)) return undefined;
  return {
    because: 'a sidecar sends plaintext to pods in ambient mode whose Service has no address',
    got: 'a Service without an address',
    fix: 'have it call a Service with an address until both have moved, or accept the refusals for that time',
  };
}

const APART = 'move their traffic in a time when it may be refused, or leave that out until both have moved';
