import { partyText } from '../call-words';
import { rule } from '../rule';

export const unknownVersion = rule({
  code: 'MESH346',
  level: 'error',
  title: 'a route leads to a version that has no pods',

  check(model, report) {
    for (const { service, versions, unknownVersions } of model.routes) {
      for (const named of unknownVersions) {
        report({
          on: named,
          message: `requests to ${partyText(service)} are sent to its version ${named.version}, and nobody makes pods of it: they would fail`,
          got: named.version,
          fix: `name one of ${versions.join(', ')}, or add the version to a release or to \`versions\` of a RequestRouting`,
        });
      }
    }
  },
});
