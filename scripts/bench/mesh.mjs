// Child process: the services built with this library.
import { Chart } from 'cdk8s';
import { measure } from './measured';
import { addServices } from './services';

measure((app) => addServices(new Chart(app, 'mesh'), Number(process.argv[2])));
