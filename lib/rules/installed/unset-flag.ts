import { rule } from '../rule';

export const unsetFlag = rule({
  code: 'MESH660',
  level: 'error',
  title: 'installation without what istiod needs for the program',

  check({ unsetFlags = [] }, report) {
    for (const { name, value, because, objects, got, path, site } of unsetFlags) {
      report({
        on: { path, site },
        message: `istiod has to run with ${name}=${value} for ${objects.join(', ')}: ${because}`,
        got: got === undefined ? `no ${name} in istiodEnv` : `${name}: '${got}'`,
        fix: `say istiodEnv: { ${name}: '${value}' } at the IstioInstallation`,
      });
    }
  },
});
