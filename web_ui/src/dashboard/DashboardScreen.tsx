export function DashboardScreen(_props: { search: object }) {
  return <h1>Dashboard</h1>
}
