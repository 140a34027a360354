import { partyText, portText } from '../call-words';
import { rule } from '../rule';

export const wholeTrustDomain = rule({
  code: 'MESH249',
  level: 'warning',
  title: 'service open to a whole trust domain',

  check(model, report) {
    for (const { caller, ...call } of model.calls) {
      const isWhole = caller.kind === 'callers' && caller.principal !== undefined && caller.namespaceName === '';
      if (!isWhole || call.action !== 'ALLOW') continue;
      const [domain] = caller.principal.split('/');
      report({
        on: call,
        message: `${partyText(caller)} may call ${partyText(call.callee)} on port ${portText(call.ports)}: every identity that its certificate authority gives${
          domain === model.trustDomain ? '' : ', once this mesh takes certificates of it'
        }`,
        got: `reason: ${call.reason ?? 'none given'}`,
        fix: 'name the callers or their namespace, or acknowledge the finding',
      });
    }
  },
});
