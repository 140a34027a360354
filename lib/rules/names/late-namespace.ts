import { groupedBy } from '../../support/grouping';
import { rule } from '../rule';

export const lateNamespace = rule({
  code: 'MESH118',
  level: 'warning',
  title: 'Namespace that is written after what lives in it',

  check(model, report) {
    for (const late of groupedBy(model.lateNamespaces ?? [], ({ path }) => path).values()) {
      const [{ name, chart, path }] = late;
      const charts = late.map(({ before }) => before).sort();
      const isInside = charts.every((one) => one.startsWith(`${chart}/`));
      report({
        on: model.namespaces.find((namespace) => namespace.name === name) ?? { path },
        message: `cdk8s writes chart ${charts.join(', ')} before chart ${chart}, which has namespace ${name} of what is in it: the first kubectl apply is refused, and has to be said twice`,
        got: isInside ? `chart ${charts.join(', ')} inside chart ${chart}` : `charts that are written before that of namespace ${name}`,
        fix: isInside
          ? `declare chart ${charts.join(', ')} beside chart ${chart}, in the App`
          : `give the namespaces a chart of their own, beside the others`,
      });
    }
  },
});
