import { isZone } from '../../models/fhir/read/index.js';
import { createZoneTable, DAY, offsetIn, type DayView, type ZoneTable } from '../../models/scheduling/index.js';

/** The zone of the computer that shows the schedule. Only ever shown beside the clinic's; no time is read by it. */
export class ViewerZone {
  #key = '';
  #table: ZoneTable | undefined;

  /** The viewer's zone where its clocks differ from the clinic's at some time of the day; else undefined. */
  for({ date, zone, bounds, table }: DayView): ZoneTable | undefined {
    const key = `${date} ${zone}`;
    if (key !== this.#key) {
      this.#key = key;
      const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
      const viewer = isZone(own) && own !== zone ? createZoneTable(own, bounds.start - DAY, bounds.end + DAY) : undefined;
      const differs = viewer && [bounds.start, bounds.end - 1].some((instant) => offsetIn(viewer, instant) !== offsetIn(table, instant));
      this.#table = differs ? viewer : undefined;
    }
    return this.#table;
  }
}
