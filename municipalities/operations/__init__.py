from municipalities.operations.families import assign_neighbourhood_team, reply_to_summons, summon

__all__ = ["assign_neighbourhood_team", "reply_to_summons", "summon"]
