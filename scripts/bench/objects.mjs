// Child process: writes the JSON of the services' objects to a file and prints how many there are.
import { writeFileSync } from 'node:fs';
import { App, Chart } from 'cdk8s';
import { addServices } from './services.mjs';

const chart = new Chart(new App(), 'mesh');
addServices(chart, Number(process.argv[2]));
const objects = chart.toJson();
writeFileSync(process.argv[3], JSON.stringify(objects));
console.log(objects.length);
