// Every row drawn, as the others do.
import { chart } from './_carelet.js';

export default chart(true);
