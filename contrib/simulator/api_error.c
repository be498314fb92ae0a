/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of the provider's error codes and their texts. The French texts of 1, 4 and 10 are
 * those of the French Bulk Status page of 2024; the others are worded after it. English ones are
 * for the oddity of that name: every captured answer is French.
 */
#include "api_error.h"

#include <stddef.h>

struct row {
    int code;
    const char *french;
    const char *english;
    const char *element;
};

static const struct row TABLE[] = {
    {API_KEY_MISSING, "La Clé API est requise", "API key required", "children[apiKey].data"},
    {API_NUMBER_MISSING, "Le numéro de téléphone est requis", "Phone number required",
     "children[phoneNumber].data"},
    {API_ID_MISSING, "L'ID du message est requis", "Message ID required",
     "children[messageId].data"},
    {API_NOT_FOUND, "Numéro introuvable", "Number not found", "children[phoneNumber].data"},
    {API_LIST_EMPTY, "La liste des numéros est vide", "The list of numbers is empty",
     "children[SMSStatut_List].data"},
    {API_WRONG_FORMAT, "Format incorrect", "Wrong format", "children[SMSStatut_List].data"},
    {9, "Le numéro de téléphone n'est pas un numéro de mobile",
     "The phone number is not a mobile number", "children[phoneNumber].data"},
    {API_KEY_WRONG, "Clé API incorrecte", "Incorrect API key", "children[apiKey].data"},
    {20, "Votre compte est désactivé", "Your account is disabled", "data"},
    {30, "Votre compte est bloqué", "Your account is blocked", "data"},
    {40, "Accès à l'API refusé", "API access denied", "data"},
    {API_TOO_MANY, "Le nombre de numéros est limité à 500 par requête",
     "No more than 500 numbers in one request", "children[SMSStatut_List].data"},
    {API_BAD_JSON, "Le format JSON est incorrect", "Malformed JSON", "data"},
    {96, "Adresse IP non autorisée", "IP address not allowed", "data"},
    {429, "Trop de requêtes, veuillez réessayer plus tard", "Too many requests, try again later",
     "data"},
    {500, "Une erreur interne est survenue", "An internal error occurred", "data"},
};

static const struct row OTHER = {0, "Une erreur est survenue", "An error occurred", "data"};

static const struct row *find(int code)
{
    for (size_t i = 0; i < sizeof TABLE / sizeof TABLE[0]; i++)
        if (TABLE[i].code == code)
            return &TABLE[i];
    return &OTHER;
}

const char *api_error_text(int code, bool english)
{
    return english ? find(code)->english : find(code)->french;
}

const char *api_error_element(int code)
{
    return find(code)->element;
}
