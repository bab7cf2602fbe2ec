// As it opens: the first rows of each group, the rest behind "Show all".
import { chart } from './_carelet.js';

export default chart(false);
