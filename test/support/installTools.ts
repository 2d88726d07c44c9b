import { installCodeServer } from './codeServer.ts';
import { jupyterVenv } from './jupyterlab.ts';
import { torchVenv } from './torchVenv.ts';
import { kerasRequirements, mlflowRequirements, toolsVenv } from './venv.ts';

// One after the other: the other core runs tests meanwhile.
await installCodeServer();
await jupyterVenv();
await toolsVenv('mlflow', mlflowRequirements);
await toolsVenv('keras', kerasRequirements);
await torchVenv();
