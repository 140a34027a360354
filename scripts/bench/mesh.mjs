// Child process: the services built with this library.
import { Chart } from 'cdk8s';
import { measure } from './measured.mjs';
import { addServices } from './services.mjs';

measure((app) => addServices(new Chart(app, 'mesh'), Number(process.argv[2])));
