/** Something that is waited for and comes once. */
export class Signal {
  give: () => void = () => {}
  readonly given = new Promise<void>(resolve => {
    this.give = resolve
  })
}
