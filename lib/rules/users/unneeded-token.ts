import { isAmong } from '../../model/access/many-callers';
import type { HttpPart } from '../../model/http-part';
import type { CallModel } from '../../model/mesh-model';
import { asksForToken } from '../../model/users/end-user';
import { groupedBy } from '../../support/grouping';
import { pathMatches } from '../../verdict/decision/text-match';
import { partyText } from '../call-words';
import { rule } from '../rule';

export const unneededToken = rule({
  code: 'MESH238',
  level: 'error',
  title: 'token that nobody needs, for another grant lets the same requests in',

  check(model, report) {
    const grants = groupedBy(
      model.calls.filter(({ action }) => action === 'ALLOW'),
      ({ callee }) => callee.key,
    );
    for (const call of model.calls.filter(({ user }) => asksForToken(user))) {
      const wider = grants.get(call.callee.key)?.find((other) => swallows(other, call));
      if (!wider) continue;
      const { caller, callee, user } = call;
      report({
        on: call,
        message: `${partyText(caller)} may send ${partyText(callee)} the same requests without a token, so nobody has to have one of ${user!.issuer.issuer}`,
        got: `a grant to ${partyText(wider.caller)} ${wider.user ? 'with a user who is optional' : 'without user'}, said at ${wider.path}`,
        fix: `drop that grant, narrow it to other requests, or say user in it as well${caller.kind === 'gateway' ? ': expose takes it, too' : ''}`,
      });
    }
  },
});

/** Grants add up: whatever one of them lets in is in. */
function swallows(wider: CallModel, { caller, ports, http = [] }: CallModel): boolean {
  if (asksForToken(wider.user) || wider.plaintext || wider.conditions) return false;
  const open = ports.filter(({ number }) => wider.ports.some((port) => port.number === number));
  return (
    isAmong(caller, wider.caller) && open.length > 0 && http.every((part) => !wider.http || wider.http.some((other) => covers(other, part)))
  );
}

function covers(wider: HttpPart, { methods, paths, hosts }: HttpPart): boolean {
  const hasHosts = !wider.hosts || hosts?.every((host) => wider.hosts!.includes(host)) === true;
  const hasMethods = wider.methods.length === 0 || (methods.length > 0 && methods.every((method) => wider.methods.includes(method)));
  const isPath = (path: string): boolean => wider.paths.some((pattern) => pattern === path || pathMatches(pattern, path));
  const hasPaths = wider.paths.length === 0 || (paths.length > 0 && paths.every(isPath));
  return hasMethods && hasHosts && hasPaths && !wider.notPaths?.length;
}
