import { takersIn } from '../../model/users/token-takers';
import { partyText } from '../call-words';
import { rule } from '../rule';

export const tokenForAnybody = rule({
  code: 'MESH237',
  level: 'warning',
  title: 'tokens that are taken whoever they are for',

  check(model, report) {
    for (const { on, issuer, taker } of takersIn(model)) {
      if (issuer.anyAudience === undefined) continue;
      report({
        on,
        message: `${partyText(taker)} takes every token of ${issuer.issuer}, one that was given for another application too`,
        got: `reason: ${issuer.anyAudience}`,
        fix: 'list in audiences what tokens for this application have in aud, or acknowledge the finding',
        yamlFix:
          'list in audiences what tokens for this application have in aud, or pass this over with a comment that says why (# istio-constructs-ignore)',
      });
    }
  },
});
