import type { Cluster } from '../../cluster/cluster';
import { loopholesFix, loopholesOf, loopholesText } from '../../inquiry/loopholes';
import type { PathTrick } from '../../inquiry/path-tricks';
import { linesOf } from '../../inquiry/sample-lines';
import { callersOf, tokenOf } from '../../inquiry/shut-calls';
import { strangers } from '../../inquiry/strangers';
import { mayBeBoth } from '../../model/access/many-callers';
import type { HttpPart } from '../../model/http-part';
import type { CallModel, MeshModel } from '../../model/mesh-model';
import { decide } from '../../verdict/decide';
import type { Party } from '../../model/party';
import type { Caller, Token } from '../../verdict/requests/request';
import { partyText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { inquiryOf } from '../inquiries';
import { rule } from '../rule';

export const refusalByPath = rule({
  code: 'MESH259',
  level: 'warning',
  title: 'a refusal by path that other ways of writing the path pass',

  check(model, report) {
    const cluster = clusterOf(model);
    for (const call of model.calls) {
      if (call.action === 'ALLOW' || !call.http || call.callee.host === undefined) continue;
      const senders = sendersTo(cluster, model, call);
      const [first] = call.http.flatMap((part) => openIn(cluster, call, part, senders));
      if (!first) continue;
      report({
        on: call,
        message: `requests for ${first.path} are ${fateOf(call)} at ${partyText(call.callee)}, and other ways of writing that path pass, which some servers take for the same`,
        got: `${loopholesText(first.open)}, sent by ${first.sender}`,
        fix: `allow callers only the paths that they need, with http in calls and access.allow, which no other spelling passes; ${loopholesFix(first.open)}`,
      });
    }
  },
});

interface Sender {
  readonly from: Caller;
  readonly name: string;
  readonly token?: Token;
}

/** Those whom the refusal means and something lets in. */
function sendersTo(cluster: Cluster, model: MeshModel, { caller, callee }: CallModel): Sender[] {
  const { granted } = inquiryOf(model);
  const isMeant = (one: CallModel): boolean => mayBeBoth(one.caller, caller);
  const grants = granted.callsTo(callee).filter((one) => one.action === 'ALLOW' && isMeant(one));
  const named = grants.flatMap((one) => sendersOf(cluster, one.caller, tokenOf(one)));
  const isOpen = !granted.isClosed(callee) || grants.some((one) => one.caller.kind === 'anyone');
  return isOpen ? [...named, ...(caller.kind === 'anyone' ? strangers(cluster) : sendersOf(cluster, caller))] : named;
}

function sendersOf(cluster: Cluster, caller: Party, token?: Token): Sender[] {
  return callersOf(cluster, caller)
    .flat()
    .map((from) => ({ from, name: partyText(caller), token }));
}

interface Open {
  readonly path: string;
  readonly open: readonly PathTrick[];
  readonly sender: string;
}

function openIn(cluster: Cluster, { callee, ports, provider }: CallModel, part: HttpPart, senders: readonly Sender[]): Open[] {
  const [{ method }] = linesOf(part);
  const to = ports.filter(({ readsHttp }) => readsHttp).map(({ number: port }) => ({ host: callee.host!, port }));
  const passes = ({ from, token }: Sender, path: string): boolean =>
    to.some((target) => {
      const { allowed, asks = [] } = decide(cluster, { from, to: target, method, path, token });
      return allowed && !(provider !== undefined && asks.includes(provider));
    });
  return part.paths.flatMap((path) =>
    senders.flatMap((sender) => {
      const open = loopholesOf({ path, passes: (tried) => passes(sender, tried) });
      return open.length > 0 ? [{ path, open, sender: sender.name }] : [];
    }),
  );
}

function fateOf({ provider }: CallModel): string {
  return provider === undefined ? 'refused' : `asked about, of ${provider},`;
}
