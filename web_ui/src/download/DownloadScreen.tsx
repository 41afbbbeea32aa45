export function DownloadScreen() {
  return <h1>Download</h1>
}
