from aftercare.operations.schedule import plan_contacts, start_aftercare

__all__ = ["plan_contacts", "start_aftercare"]
