import { Component, CUSTOM_ELEMENTS_SCHEMA, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import 'carelet/define/chart-viewer';
import 'carelet/define/patient-search';
import 'carelet/define/provider';
import { backend, zone } from '../practice.js';

@Component({
  selector: 'app-desk',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <care-provider [backend]="backend" locale="es" [timeZone]="zone">
      <care-patient-search
        label="Paciente"
        (care-patient-select)="patient.set($event.detail.reference)"
        (care-patient-clear)="patient.set('')"
      />
      @if (patient()) {
        <care-chart-viewer [patient]="patient()" linked (care-resource-open)="opened.set($event.detail.reference)" />
      }
      <output>{{ opened() }}</output>
    </care-provider>
  `,
})
export class Desk {
  protected readonly backend = backend;
  protected readonly zone = zone;
  protected readonly patient = signal('');
  protected readonly opened = signal('');
}

await bootstrapApplication(Desk);
