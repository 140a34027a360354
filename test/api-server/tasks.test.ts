import { App, type Chart, Yaml } from 'cdk8s';
import { Bookinfo } from '../../apps/bookinfo/bookinfo';
import { type StageName, STAGES } from '../../apps/bookinfo/stages';
import { chartOf, TASKS } from '../docs/task-pages';
import { forEachPlane } from '../for-each-plane';
import { deleteAll, refusals } from './kubectl';

/** Applies what a program writes, and deletes it again. */
async function takenOf(chart: Chart): Promise<string[]> {
  const yaml = Yaml.stringify(...(chart.toJson() as object[]));
  const refused = await refusals(yaml);
  await deleteAll(yaml);
  return refused;
}

forEachPlane(({ name, dataPlane }) => {
  it.each(TASKS)('the program of the task %s is accepted as it is written', async (task) => {
    expect(await takenOf(chartOf(task, name))).toEqual([]);
  });

  it.each(Object.keys(STAGES) as StageName[])('the stage %s of Bookinfo is accepted as it is written', async (stage) => {
    expect(await takenOf(new Bookinfo(new App(), 'bookinfo', { dataPlane, stage }))).toEqual([]);
  });
});
