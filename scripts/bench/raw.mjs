// Child process: the same objects, read from a file, as raw ApiObjects in one plain chart.
import { readFileSync } from 'node:fs';
import { ApiObject, Chart } from 'cdk8s';
import { measure } from './measured.mjs';

const objects = JSON.parse(readFileSync(process.argv[2], 'utf8'));

measure((app) => {
  const chart = new Chart(app, 'raw');
  objects.forEach((object, index) => new ApiObject(chart, `${object.kind}-${index}`, object));
});
