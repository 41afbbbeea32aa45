// Made by web_ui/gen/generate.py from the Python models. Change those, not this.

import type { CandidateStatus } from './types'

export const STATUSES: readonly CandidateStatus[] = [
  "New",
  "Contacted",
  "Interested",
  "Mail Sent (handoff complete)",
  "Not Interested"
]

export const ALLOWED_TRANSITIONS: Record<CandidateStatus, readonly CandidateStatus[]> = {
  "New": [
    "Contacted"
  ],
  "Contacted": [
    "Interested",
    "Not Interested"
  ],
  "Interested": [
    "Mail Sent (handoff complete)"
  ],
  "Mail Sent (handoff complete)": [],
  "Not Interested": []
}

export const ARCHIVE_STATUSES: readonly CandidateStatus[] = [
  "Mail Sent (handoff complete)",
  "Not Interested"
]

export interface PortalLabel {
  portal_label: string
  label: string
}

export const PORTAL_RANKS: readonly PortalLabel[] = [
  {
    "portal_label": "Master",
    "label": "Master"
  },
  {
    "portal_label": "Add Master",
    "label": "Add Master"
  },
  {
    "portal_label": "Inland Master",
    "label": "Inland Master"
  },
  {
    "portal_label": "DPO Master",
    "label": "DPO Master"
  },
  {
    "portal_label": "SR DPO Master",
    "label": "Senior DPO Master"
  },
  {
    "portal_label": "Extra Master",
    "label": "Extra Master"
  },
  {
    "portal_label": "Master NCV",
    "label": "Master NCV"
  },
  {
    "portal_label": "MOORING MASTER",
    "label": "Mooring Master"
  },
  {
    "portal_label": "Chief Officer",
    "label": "Chief Officer"
  },
  {
    "portal_label": "Add Chief Officer",
    "label": "Add Chief Officer"
  },
  {
    "portal_label": "2nd Officer",
    "label": "2nd Officer"
  },
  {
    "portal_label": "Add 2nd Officer",
    "label": "Add 2nd Officer"
  },
  {
    "portal_label": "3rd Officer",
    "label": "3rd Officer"
  },
  {
    "portal_label": "Junior 3rd Officer",
    "label": "Junior 3rd Officer"
  },
  {
    "portal_label": "Safety Officer",
    "label": "Safety Officer"
  },
  {
    "portal_label": "Radio Officer",
    "label": "Radio Officer"
  },
  {
    "portal_label": "Junior Officer",
    "label": "Junior Officer"
  },
  {
    "portal_label": "DPO Chief Officer",
    "label": "DPO Chief Officer"
  },
  {
    "portal_label": "SR DPO Chief Officer",
    "label": "Senior DPO Chief Officer"
  },
  {
    "portal_label": "JR DPO Chief Officer",
    "label": "Junior DPO Chief Officer"
  },
  {
    "portal_label": "DPO 2nd Officer",
    "label": "DPO 2nd Officer"
  },
  {
    "portal_label": "DPO 3rd Officer",
    "label": "DPO 3rd Officer"
  },
  {
    "portal_label": "DPO",
    "label": "DPO"
  },
  {
    "portal_label": "Chief Officer NCV",
    "label": "Chief Officer NCV"
  },
  {
    "portal_label": "Deck Cadet",
    "label": "Deck Cadet"
  },
  {
    "portal_label": "Dual Cadet",
    "label": "Dual Cadet"
  },
  {
    "portal_label": "Trainee Cadet",
    "label": "Trainee Cadet"
  },
  {
    "portal_label": "Chief Engineer",
    "label": "Chief Engineer"
  },
  {
    "portal_label": "Add Chief Engineer",
    "label": "Add Chief Engineer"
  },
  {
    "portal_label": "2nd Engineer",
    "label": "2nd Engineer"
  },
  {
    "portal_label": "Add 2nd Engineer",
    "label": "Add 2nd Engineer"
  },
  {
    "portal_label": "3rd Engineer",
    "label": "3rd Engineer"
  },
  {
    "portal_label": "4th Engineer",
    "label": "4th Engineer"
  },
  {
    "portal_label": "Junior 4th Engineer",
    "label": "Junior 4th Engineer"
  },
  {
    "portal_label": "5th Engineer",
    "label": "5th Engineer"
  },
  {
    "portal_label": "Junior Engineer",
    "label": "Junior Engineer"
  },
  {
    "portal_label": "Reefer Engineer",
    "label": "Reefer Engineer"
  },
  {
    "portal_label": "Gas Engineer",
    "label": "Gas Engineer"
  },
  {
    "portal_label": "Cargo Engineer",
    "label": "Cargo Engineer"
  },
  {
    "portal_label": "Trainee Engineer",
    "label": "Trainee Engineer"
  },
  {
    "portal_label": "Electrical Engineer",
    "label": "Electrical Engineer"
  },
  {
    "portal_label": "Dredger Engineers",
    "label": "Dredger Engineer"
  },
  {
    "portal_label": "Chief Engineer NCV",
    "label": "Chief Engineer NCV"
  },
  {
    "portal_label": "2nd Engineer NCV",
    "label": "2nd Engineer NCV"
  },
  {
    "portal_label": "4th Engineer NCV",
    "label": "4th Engineer NCV"
  },
  {
    "portal_label": "Add 3rd Engineer",
    "label": "Add 3rd Engineer"
  },
  {
    "portal_label": "Electrical Officer",
    "label": "Electrical Officer"
  },
  {
    "portal_label": "Electro Technical Officer",
    "label": "Electro Technical Officer"
  },
  {
    "portal_label": "Asst. Electrical Officer",
    "label": "Assistant Electrical Officer"
  },
  {
    "portal_label": "Trainee Electrical Officer",
    "label": "Trainee Electrical Officer"
  },
  {
    "portal_label": "Dive Electrical Technician",
    "label": "Dive Electrical Technician"
  },
  {
    "portal_label": "NCV/NWKO",
    "label": "NCV/NWKO"
  },
  {
    "portal_label": "Jr DPO",
    "label": "Junior DPO"
  },
  {
    "portal_label": "Bosun",
    "label": "Bosun"
  },
  {
    "portal_label": "Pumpman",
    "label": "Pumpman"
  },
  {
    "portal_label": "Deck Fitter",
    "label": "Deck Fitter"
  },
  {
    "portal_label": "AB",
    "label": "AB"
  },
  {
    "portal_label": "OS",
    "label": "OS"
  },
  {
    "portal_label": "GP",
    "label": "GP"
  },
  {
    "portal_label": "Crane Operator",
    "label": "Crane Operator"
  },
  {
    "portal_label": "Trainee C/E",
    "label": "Trainee C/E"
  },
  {
    "portal_label": "Reefer Mechanic",
    "label": "Reefer Mechanic"
  },
  {
    "portal_label": "Engine Fitter",
    "label": "Engine Fitter"
  },
  {
    "portal_label": "Fitter",
    "label": "Fitter"
  },
  {
    "portal_label": "Motorman",
    "label": "Motorman"
  },
  {
    "portal_label": "Wiper",
    "label": "Wiper"
  },
  {
    "portal_label": "Travel Fitter",
    "label": "Travel Fitter"
  },
  {
    "portal_label": "Travel Wiper",
    "label": "Travel Wiper"
  },
  {
    "portal_label": "Hotel Manager",
    "label": "Hotel Manager"
  },
  {
    "portal_label": "Pipe Operator",
    "label": "Pipe Operator"
  },
  {
    "portal_label": "Dredger Cutter Operators",
    "label": "Dredger Cutter Operator"
  },
  {
    "portal_label": "Purser",
    "label": "Purser"
  },
  {
    "portal_label": "Social Director",
    "label": "Social Director"
  },
  {
    "portal_label": "Sports Director",
    "label": "Sports Director"
  },
  {
    "portal_label": "Chef",
    "label": "Chef"
  },
  {
    "portal_label": "Souse Chef",
    "label": "Sous Chef"
  },
  {
    "portal_label": "Chief Cook",
    "label": "Chief Cook"
  },
  {
    "portal_label": "2nd Cook",
    "label": "2nd Cook"
  },
  {
    "portal_label": "Chief Steward",
    "label": "Chief Steward"
  },
  {
    "portal_label": "Steward",
    "label": "Steward"
  },
  {
    "portal_label": "Roustabout",
    "label": "Roustabout"
  },
  {
    "portal_label": "Rigger",
    "label": "Rigger"
  },
  {
    "portal_label": "Cabin Attendant",
    "label": "Cabin Attendant"
  },
  {
    "portal_label": "Bar Tender",
    "label": "Bartender"
  },
  {
    "portal_label": "Musician",
    "label": "Musician"
  },
  {
    "portal_label": "Laundry Men",
    "label": "Laundry Staff"
  },
  {
    "portal_label": "Technical Manager",
    "label": "Technical Manager"
  },
  {
    "portal_label": "Superintendent",
    "label": "Superintendent"
  },
  {
    "portal_label": "Personnel Manager",
    "label": "Personnel Manager"
  },
  {
    "portal_label": "Internal Auditor",
    "label": "Internal Auditor"
  },
  {
    "portal_label": "Travel Co-ordinator",
    "label": "Travel Coordinator"
  },
  {
    "portal_label": "Master Mariner",
    "label": "Master Mariner"
  },
  {
    "portal_label": "Ship Management",
    "label": "Ship Management"
  },
  {
    "portal_label": "Shipyard",
    "label": "Shipyard"
  },
  {
    "portal_label": "Repair Yard/D.D.",
    "label": "Repair Yard / Dry Dock"
  },
  {
    "portal_label": "Insructor",
    "label": "Instructor"
  },
  {
    "portal_label": "Marine Consultancy",
    "label": "Marine Consultancy"
  },
  {
    "portal_label": "Infotech",
    "label": "Infotech"
  },
  {
    "portal_label": "Shore Industry",
    "label": "Shore Industry"
  },
  {
    "portal_label": "Surveyor",
    "label": "Surveyor"
  },
  {
    "portal_label": "Ship Consultant",
    "label": "Ship Consultant"
  },
  {
    "portal_label": "Shore Workshop",
    "label": "Shore Workshop"
  },
  {
    "portal_label": "Shore Industries",
    "label": "Shore Industries"
  },
  {
    "portal_label": "Port Operation",
    "label": "Port Operation"
  },
  {
    "portal_label": "Ship Chandler",
    "label": "Ship Chandler"
  },
  {
    "portal_label": "Ship Agencies",
    "label": "Ship Agencies"
  },
  {
    "portal_label": "Ship Services",
    "label": "Ship Services"
  },
  {
    "portal_label": "Voy. Rep. Staff",
    "label": "Voyage Repair Staff"
  },
  {
    "portal_label": "Legal Services",
    "label": "Legal Services"
  },
  {
    "portal_label": "Offshore Installation Manager (OIM)",
    "label": "Offshore Installation Manager (OIM)"
  },
  {
    "portal_label": "TUBE OPERATOR",
    "label": "Tube Operator"
  },
  {
    "portal_label": "Oiler",
    "label": "Oiler"
  },
  {
    "portal_label": "TUG HANDLER",
    "label": "Tug Handler"
  }
]

export const PORTAL_SHIP_TYPES: readonly PortalLabel[] = [
  {
    "portal_label": "Accommodation Barge",
    "label": "Accommodation Barge"
  },
  {
    "portal_label": "AHT",
    "label": "AHT"
  },
  {
    "portal_label": "AHTS",
    "label": "AHTS"
  },
  {
    "portal_label": "AHTS DP-I",
    "label": "AHTS DP-I"
  },
  {
    "portal_label": "AHTS DP-II",
    "label": "AHTS DP-II"
  },
  {
    "portal_label": "AHTS DP-III",
    "label": "AHTS DP-III"
  },
  {
    "portal_label": "Bitumen Tanker",
    "label": "Bitumen Tanker"
  },
  {
    "portal_label": "Bulk Carrier",
    "label": "Bulk Carrier"
  },
  {
    "portal_label": "BUNKER TANKER",
    "label": "Bunker Tanker"
  },
  {
    "portal_label": "CAPE.Bulk",
    "label": "Capesize Bulk"
  },
  {
    "portal_label": "Car Carrier",
    "label": "Car Carrier"
  },
  {
    "portal_label": "CELLULAR CONTAINER",
    "label": "Cellular Container"
  },
  {
    "portal_label": "Cement Carrier",
    "label": "Cement Carrier"
  },
  {
    "portal_label": "Chemical Tanker",
    "label": "Chemical Tanker"
  },
  {
    "portal_label": "Coastal Vessel",
    "label": "Coastal Vessel"
  },
  {
    "portal_label": "Container",
    "label": "Container"
  },
  {
    "portal_label": "Container Vessel",
    "label": "Container Vessel"
  },
  {
    "portal_label": "Crude Oil Tanker",
    "label": "Crude Oil Tanker"
  },
  {
    "portal_label": "Cruise Ship",
    "label": "Cruise Ship"
  },
  {
    "portal_label": "DEMOLITION VESSEL",
    "label": "Demolition Vessel"
  },
  {
    "portal_label": "DP",
    "label": "DP"
  },
  {
    "portal_label": "DP-I",
    "label": "DP-I"
  },
  {
    "portal_label": "DP-II",
    "label": "DP-II"
  },
  {
    "portal_label": "DP-III",
    "label": "DP-III"
  },
  {
    "portal_label": "DPII ROV",
    "label": "DPII ROV"
  },
  {
    "portal_label": "Dredger",
    "label": "Dredger"
  },
  {
    "portal_label": "DREDGER",
    "label": "Dredger (capitals)"
  },
  {
    "portal_label": "DRILL SHIP DP-I",
    "label": "DRILL SHIP DP-I"
  },
  {
    "portal_label": "DRILL SHIP DP-II",
    "label": "DRILL SHIP DP-II"
  },
  {
    "portal_label": "DRILL SHIP DP-III",
    "label": "DRILL SHIP DP-III"
  },
  {
    "portal_label": "Drilling Rig",
    "label": "Drilling Rig"
  },
  {
    "portal_label": "DRILLSHIP",
    "label": "Drillship"
  },
  {
    "portal_label": "Dry Cargo",
    "label": "Dry Cargo"
  },
  {
    "portal_label": "Dry Cargo Vessel",
    "label": "Dry Cargo Vessel"
  },
  {
    "portal_label": "DSV",
    "label": "DSV"
  },
  {
    "portal_label": "DSV DP-I",
    "label": "DSV DP-I"
  },
  {
    "portal_label": "DSV DP-II",
    "label": "DSV DP-II"
  },
  {
    "portal_label": "DSV DP-III",
    "label": "DSV DP-III"
  },
  {
    "portal_label": "FFSV",
    "label": "FFSV"
  },
  {
    "portal_label": "Fishing Vessel",
    "label": "Fishing Vessel"
  },
  {
    "portal_label": "FPSO",
    "label": "FPSO"
  },
  {
    "portal_label": "FSO",
    "label": "FSO"
  },
  {
    "portal_label": "Gear Bulk",
    "label": "Gear Bulk"
  },
  {
    "portal_label": "General Cargo",
    "label": "General Cargo"
  },
  {
    "portal_label": "GTV",
    "label": "GTV"
  },
  {
    "portal_label": "Heavy-Lift",
    "label": "Heavy-Lift"
  },
  {
    "portal_label": "HOPPER BARGE",
    "label": "Hopper Barge"
  },
  {
    "portal_label": "JACK UP BARGE",
    "label": "Jack-up Barge"
  },
  {
    "portal_label": "JACK UP RIG",
    "label": "Jack-up Rig"
  },
  {
    "portal_label": "LEGC (ETHYLENE CARRIERS)",
    "label": "LEGC (ETHYLENE CARRIERS)"
  },
  {
    "portal_label": "Livestock Carrier",
    "label": "Livestock Carrier"
  },
  {
    "portal_label": "LNG Carrier",
    "label": "LNG Carrier"
  },
  {
    "portal_label": "LPG Carrier",
    "label": "LPG Carrier"
  },
  {
    "portal_label": "LUXURY YACHT",
    "label": "Luxury Yacht"
  },
  {
    "portal_label": "Mini Bulk Carrier",
    "label": "Mini Bulk Carrier"
  },
  {
    "portal_label": "MLP",
    "label": "MLP"
  },
  {
    "portal_label": "MR Tanker",
    "label": "MR Tanker"
  },
  {
    "portal_label": "MSV",
    "label": "MSV"
  },
  {
    "portal_label": "MSV DP-I",
    "label": "MSV DP-I"
  },
  {
    "portal_label": "MSV DP-II",
    "label": "MSV DP-II"
  },
  {
    "portal_label": "MSV DP-III",
    "label": "MSV DP-III"
  },
  {
    "portal_label": "Multi Purpose",
    "label": "Multi Purpose"
  },
  {
    "portal_label": "OBO",
    "label": "OBO"
  },
  {
    "portal_label": "OFFSHORE RESEARCH VESSEL",
    "label": "Offshore Research Vessel"
  },
  {
    "portal_label": "Offshore Supply",
    "label": "Offshore Supply"
  },
  {
    "portal_label": "Offshore Supply Vessel",
    "label": "Offshore Supply Vessel"
  },
  {
    "portal_label": "Oil Tanker",
    "label": "Oil Tanker"
  },
  {
    "portal_label": "Oil/Chem Tanker",
    "label": "Oil/Chem Tanker"
  },
  {
    "portal_label": "OSV",
    "label": "OSV"
  },
  {
    "portal_label": "OSV DP-I",
    "label": "OSV DP-I"
  },
  {
    "portal_label": "OSV DP-II",
    "label": "OSV DP-II"
  },
  {
    "portal_label": "OSV DP-III",
    "label": "OSV DP-III"
  },
  {
    "portal_label": "Passenger Ship",
    "label": "Passenger Ship"
  },
  {
    "portal_label": "Passenger/Cruise Vessel",
    "label": "Passenger/Cruise Vessel"
  },
  {
    "portal_label": "Pipelaying Vessel",
    "label": "Pipelaying Vessel"
  },
  {
    "portal_label": "Product Tanker",
    "label": "Product Tanker"
  },
  {
    "portal_label": "PSV",
    "label": "PSV"
  },
  {
    "portal_label": "PSV DP-I",
    "label": "PSV DP-I"
  },
  {
    "portal_label": "PSV DP-II",
    "label": "PSV DP-II"
  },
  {
    "portal_label": "PSV DP-III",
    "label": "PSV DP-III"
  },
  {
    "portal_label": "PURE CAR TRUCK CARRIER",
    "label": "Pure Car Truck Carrier"
  },
  {
    "portal_label": "Reefer",
    "label": "Reefer"
  },
  {
    "portal_label": "Reefer Container",
    "label": "Reefer Container"
  },
  {
    "portal_label": "Reefer Container Vessel",
    "label": "Reefer Container Vessel"
  },
  {
    "portal_label": "Reefer Vessel",
    "label": "Reefer Vessel"
  },
  {
    "portal_label": "RIG",
    "label": "Rig"
  },
  {
    "portal_label": "Ro-Ro Vessel",
    "label": "Ro-Ro Vessel"
  },
  {
    "portal_label": "ROPAX VESSEL",
    "label": "Ropax Vessel"
  },
  {
    "portal_label": "RORO/PASSENGER",
    "label": "Ro-Ro / Passenger"
  },
  {
    "portal_label": "Sand Barge",
    "label": "Sand Barge"
  },
  {
    "portal_label": "Self Unloader Bulk Vessel",
    "label": "Self Unloader Bulk Vessel"
  },
  {
    "portal_label": "Sp. Survey Vessel",
    "label": "Special Survey Vessel"
  },
  {
    "portal_label": "SUPPLY AND UTILITY VESSEL",
    "label": "Supply and Utility Vessel"
  },
  {
    "portal_label": "Survey Vessel",
    "label": "Survey Vessel"
  },
  {
    "portal_label": "TNC",
    "label": "TNC"
  },
  {
    "portal_label": "Transhipper",
    "label": "Transhipper"
  },
  {
    "portal_label": "TUG",
    "label": "Tug"
  },
  {
    "portal_label": "ULCC",
    "label": "ULCC"
  },
  {
    "portal_label": "VLCC",
    "label": "VLCC"
  },
  {
    "portal_label": "VLEC",
    "label": "VLEC"
  },
  {
    "portal_label": "VLGC",
    "label": "VLGC"
  },
  {
    "portal_label": "VLOC",
    "label": "VLOC"
  },
  {
    "portal_label": "WAR SHIP",
    "label": "Warship"
  },
  {
    "portal_label": "Wood/Log Carrier",
    "label": "Wood/Log Carrier"
  }
]

export const ACTS = [
  "resume.link",
  "resume.opened",
  "resume.downloaded",
  "resume.kept-on-computer",
  "resume.upload-asked",
  "candidates.export",
  "export.taken",
  "audit.export",
  "status.overridden",
  "candidate.deleted",
  "candidate.restored",
  "candidate.erased",
  "hold.placed",
  "hold.lifted",
  "rule.made",
  "rule.changed",
  "rule.dropped",
  "device.paired",
  "device.revoked",
  "device.folder-changed",
  "invitation.made",
  "invitation.renewed",
  "invitation.revoked",
  "invitation.accepted",
  "member.role-changed",
  "member.deactivated",
  "member.reactivated",
  "command.asked"
] as const

export type Act = (typeof ACTS)[number]
