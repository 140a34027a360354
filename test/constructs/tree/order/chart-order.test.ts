import { App, Chart } from 'cdk8s';
import { ChartOrder } from '../../../../lib/constructs/tree/order/chart-order';

describe('the order of charts', () => {
  it('is what is said of them and of what is in them, one after the other', () => {
    const app = new App();
    const [a, b, c] = ['a', 'b', 'c'].map((id) => new Chart(app, id));
    a.node.addDependency(b);
    b.node.addDependency(c);
    const order = new ChartOrder(app);
    expect(order.comesAfter(a, c)).toBe(true);
    expect(order.comesAfter(c, a)).toBe(false);
  });

  it('has a chart in another one before it, as cdk8s writes them', () => {
    const app = new App();
    const outer = new Chart(app, 'outer');
    expect(new ChartOrder(app).comesAfter(outer, new Chart(outer, 'early'))).toBe(false);
    const inner = new Chart(outer, 'inner');
    expect(new ChartOrder(app).comesAfter(outer, inner)).toBe(true);
  });

  it('takes what makes no circle, and nothing else', () => {
    const app = new App();
    const [a, b] = ['a', 'b'].map((id) => new Chart(app, id));
    const order = new ChartOrder(app);
    order.put(a, b);
    order.put(b, a);
    expect(a.node.dependencies).toEqual([b]);
    expect(b.node.dependencies).toEqual([]);
  });
});
